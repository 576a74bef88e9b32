import type { AnnouncementCategoryResponse, AnnouncementSettingsResponse } from '../../api/schema';

/** By which categories a list is filtered: those in use, then former ones that old announcements still have. */
export const categoryChoices = ({
  categories,
  retiredCategories,
}: AnnouncementSettingsResponse): AnnouncementCategoryResponse[] => [
  ...categories,
  // A new one may have the same name.
  ...retiredCategories.map(({ id, name }) => ({ id, name: `${name}（以前の分類）` })),
];
