import type { CampaignPlanValues } from './catalogue-values.js';

/** What the trail keeps of campaigns. */
export interface CampaignEvents {
  'campaign.created': { subject: 'campaign'; details: { title: string }; personal: null };
  'campaign.changed': {
    subject: 'campaign';
    details: { version: number; before: CampaignPlanValues; after: CampaignPlanValues };
    personal: null;
  };
  'campaign.deleted': { subject: 'campaign'; details: { title: string }; personal: null };
  'campaign.started': {
    subject: 'campaign';
    details: { title: string; targets: number; before: number; askedAlready: number };
    personal: null;
  };
  'campaign.paused': { subject: 'campaign'; details: Record<string, never>; personal: null };
  'campaign.resumed': { subject: 'campaign'; details: Record<string, never>; personal: null };
  /** `unanswered`: whose question ended with it. */
  'campaign.closed': {
    subject: 'campaign';
    details: { unanswered: number; because: 'closed' | 'all-answered' };
    personal: null;
  };
  'campaign.step-gone': {
    subject: 'campaign';
    details: { stepId: string; template: string; municipalities: number; mails: number };
    personal: null;
  };
  'campaign.step-overtaken': {
    subject: 'campaign';
    details: { stepId: string; template: string };
    personal: null;
  };
  'campaign.called': {
    subject: 'campaign';
    details: { way: string; outcome: string; nextOn: string | null };
    personal: { note: string | null; by: string };
  };
  'campaign.settings-changed': {
    subject: 'campaign-settings';
    details: { version: number; standingRule: boolean };
    personal: null;
  };
}
