import { walkForCampaigns } from './every-page/campaigns.js';
import { walkForEditors } from './every-page/editors.js';
import { walkForEverybody } from './every-page/everybody.js';
import { walkForMembers } from './every-page/members.js';
import { walkForTheOffice } from './every-page/office.js';
import { closeStage, openStage, renewTokens } from './every-page/stage.js';

/** From page to page, in this order: what one leaves behind, the next finds. */
beforeAll(openStage);
beforeEach(renewTokens);
afterAll(closeStage);

walkForEverybody();
walkForMembers();
walkForTheOffice();
walkForEditors();
walkForCampaigns();
