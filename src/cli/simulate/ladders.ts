import type { CampaignPlanDto } from '../../campaigns/campaign.dto.js';
import type { ChangeLadder } from './desk.js';

type Step = CampaignPlanDto['steps'][number];

const mail = (template: Step['template'], recipients: Step['recipients'], afterDays: number): Step => ({
  template,
  recipients,
  on: null,
  afterDays,
  hour: 9,
  opening: null,
});

const isReminder = ({ template }: Step): boolean => template === 'reminder' || template === 'final';

/** The ready-made ladder with other mails between the ask and the telephone. */
const withReminders =
  (reminders: readonly Step[], deadline: string): ChangeLadder =>
  (ladder) => {
    const first = ladder.steps.findIndex(isReminder);
    const others = ladder.steps.filter((step) => !isReminder(step));
    return { ...ladder, deadline, steps: others.toSpliced(first, 0, ...reminders) };
  };

/** Ladders to compare the portal's own with. Working days from step to step. */
export const OTHER_LADDERS: Readonly<Record<string, ChangeLadder>> = {
  'without the notice in March': (ladder) => ({
    ...ladder,
    steps: ladder.steps.filter(({ template }) => template !== 'pre-notice'),
  }),
  'the second contact, then the department, in place of everybody': withReminders(
    [mail('reminder', 'primary', 5), mail('reminder', 'deputy', 5), mail('final', 'department', 4)],
    '2027-04-30',
  ),
  'everybody but once, at the end': withReminders(
    [mail('reminder', 'primary', 5), mail('reminder', 'deputy', 5), mail('final', 'everyone', 4)],
    '2027-04-30',
  ),
  'one mail less': withReminders(
    [mail('reminder', 'primary', 5), mail('final', 'everyone', 9)],
    '2027-04-30',
  ),
  'one mail more': withReminders(
    [
      mail('reminder', 'primary', 5),
      mail('reminder', 'everyone', 5),
      mail('reminder', 'department', 4),
      mail('final', 'everyone', 5),
    ],
    '2027-05-14',
  ),
  'eight working days from mail to mail': withReminders(
    [mail('reminder', 'primary', 8), mail('reminder', 'everyone', 8), mail('final', 'everyone', 8)],
    '2027-05-21',
  ),
};
