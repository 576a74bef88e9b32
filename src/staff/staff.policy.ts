import type { AccountStatus } from '../accounts/account.entity.js';

/** An account that is closed stays closed until an admin opens it again. */
export const mayBeInvitedAgain = (status: AccountStatus): boolean => status !== 'disabled';
export const mayBeDisabled = (status: AccountStatus): boolean => status !== 'disabled';
export const mayBeEnabled = (status: AccountStatus): boolean => status === 'disabled';
