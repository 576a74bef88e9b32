import type { RegistrationSummaryResponse } from '../../api/schema';

export const TYPES: Readonly<Record<RegistrationSummaryResponse['type'], string>> = {
  city: '市',
  town: '町',
  village: '村',
  'special-ward': '特別区',
};
