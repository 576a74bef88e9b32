import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dataDirFrom, demoSettings } from '../../config/env.js';
import type { DemoAccount } from '../../demo/demo-accounts.js';
import { acceptSome } from './accept-some.js';
import { announcements } from './announcements.js';
import { campaign } from './campaign.js';
import { draft } from './draft.js';
import { expiry } from './expiry.js';
import { handover } from './handover.js';
import { history } from './history.js';
import { joining } from './joining.js';
import { mainJob } from './main-job.js';
import { movedMeanwhile } from './moved-meanwhile.js';
import { StoryError } from './person.js';
import { recovery } from './recovery.js';
import { rules } from './rules.js';
import { staff } from './staff.js';
import { openStage, type Stage } from './stage.js';
import { tasks } from './tasks.js';

/** In the order in which they are told; each can be told alone and again. */
const CHAPTERS: Readonly<Record<string, { title: string; tell: (stage: Stage) => Promise<void> }>> = {
  'main-job': { title: 'The main job: correct, verify, return, send again, take over', tell: mainJob },
  'accept-some': { title: 'Some of it is taken over, and some is not', tell: acceptSome },
  'moved-meanwhile': { title: 'The registration moves under an open change request', tell: movedMeanwhile },
  rules: { title: 'Small things count at once, by rules that two admins change', tell: rules },
  recovery: { title: 'Everyone has left, and nobody can reach the mailbox', tell: recovery },
  joining: { title: 'A municipality joins, leaves, and comes back', tell: joining },
  handover: { title: 'One person until a day, another from it', tell: handover },
  draft: { title: 'A draft that two clerks share, and a sending that is sent twice', tell: draft },
  expiry: { title: 'What nobody goes on with lapses, after a warning', tell: expiry },
  history: { title: 'What was registered when, who said so, and how fresh it is', tell: history },
  tasks: { title: "The office's list of what waits", tell: tasks },
  announcements: {
    title: 'For members alone: announcements, read, acknowledged, corrected',
    tell: announcements,
  },
  campaign: { title: '年度確認: asked, answered from the mail, asked again, called', tell: campaign },
  staff: { title: 'A colleague comes, with two factors, and goes', tell: staff },
};

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !(name in CHAPTERS));
  if (unknown) {
    throw new StoryError(`there is no chapter ${unknown}; there are ${Object.keys(CHAPTERS).join(', ')}`);
  }
  const file = path.join(dataDirFrom(), 'demo-accounts.json');
  const accounts = JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];
  const stage = await openStage(demoSettings('').publicUrl, accounts);
  for (const [name, { title, tell }] of Object.entries(CHAPTERS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n\n━━ ${name}: ${title} ━━`);
    await tell(stage);
  }
  console.log('\nThe story is told: everything is as it should be.');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof StoryError ? `\n✗ ${error.message}` : error);
  process.exit(1);
});
