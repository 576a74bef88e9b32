import type { AnnouncementResponse } from '../../api/schema';
import {
  type Check,
  completeChecksOf,
  lengthOf,
  MOST,
  textsOf,
  tooLong,
  type TextValues,
} from './editor-values';

/** What stands in the form of a correction. */
export interface CorrectionValues extends TextValues {
  readonly note: string;
  readonly notify: boolean;
  readonly askAgain: boolean;
}

/** Under which name it is kept while it is typed. */
export const correctionForm = (id: string): string => `correction-${id}`;

/** A correction that says these words. Nothing is decided beforehand but that readers are told. */
export const correctionSaying = ({
  title,
  summary,
  body,
  categoryId,
  audience,
}: TextValues): CorrectionValues => ({
  title,
  summary,
  body,
  categoryId,
  audience,
  note: '',
  notify: true,
  askAgain: false,
});

export const correctionOf = (announcement: AnnouncementResponse): CorrectionValues =>
  correctionSaying(textsOf(announcement));

export const correctionChecks = (values: CorrectionValues): readonly Check[] => [
  ...completeChecksOf(values),
  [values.note.trim() === '', 'note', '訂正の内容を入力してください。'],
  [lengthOf(values.note) > MOST.note, 'note', tooLong('訂正の内容', values.note, MOST.note)],
];
