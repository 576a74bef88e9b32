import type { StaffDoor } from './office.js';
import type { SimulatedPortal } from './portal.js';
import type { Ticket } from './postman.js';

export type Regime = 'none' | 'yearly' | 'ladder';

export interface ListedCall {
  readonly campaignId: string;
  readonly registrationId: string;
  readonly version: number;
  readonly nextOn: string | null;
  readonly calls: number;
  readonly letters: number;
}

export class CampaignDesk {
  constructor(
    readonly portal: SimulatedPortal,
    readonly door: StaffDoor,
  ) {}
  async begin(_regime: Regime): Promise<void> {}
  async dueOn(_date: string): Promise<string[]> {
    return [];
  }
  async isOpen(_campaignId: string, _id: string): Promise<boolean> {
    return false;
  }
  async confirm(_ticket: Ticket, _name: string): Promise<void> {}
  async list(_way: 'phone' | 'letter'): Promise<ListedCall[]> {
    return [];
  }
  async record(_listed: ListedCall, _outcome: object): Promise<void> {}
}
