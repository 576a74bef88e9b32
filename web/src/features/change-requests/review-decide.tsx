import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ChangeRequestResponse } from '../../api/schema';
import { settingsQuery } from '../../api/settings';
import { Button, TextArea } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { shortDate, today } from '../../ui/text';
import type { Bundle } from './review-bundles';
import { type Choice, GIVE_BACK_FIELD, type useDecision } from './review-decision';
import { Reason } from './review-reason';

interface DecideProps {
  readonly request: ChangeRequestResponse;
  readonly bundles: readonly Bundle[];
  readonly choice: Choice;
  readonly decision: ReturnType<typeof useDecision>;
  readonly keys: boolean;
}

/** Both ways stay in sight; neither asks once more, since each says what it does. */
export function Decide(props: DecideProps): ReactNode {
  return (
    <div className="decide">
      <TakeOver {...props} />
      <GiveBack {...props} />
    </div>
  );
}

function countText(all: number, taken: number): string {
  return taken === all ? `${all}件を反映する` : `${all}件のうち${taken}件を反映する`;
}

function TakeOver({ request, bundles, choice, decision, keys }: DecideProps): ReactNode {
  const templates = useQuery(settingsQuery()).data?.refusalReasons ?? [];
  const { refusals, approve, mistakes } = decision;
  const taken = bundles.length - refusals.length;
  const later = request.effectiveOn !== null && request.effectiveOn > today();
  return (
    <section aria-labelledby="take-over">
      <h2 id="take-over" tabIndex={-1}>
        {taken === 0 ? '反映する' : countText(bundles.length, taken)}
      </h2>
      <p className="small quiet">
        {taken > 0 &&
          refusals.length > 0 &&
          `採用しない：${refusals.map(({ bundle }) => bundle.label).join('、')}。いまの登録のままにします。`}
        {refusals.length === 0 && 'すべて採用します。'}
        {taken > 0 && later && request.effectiveOn && `反映するのは、${shortDate(request.effectiveOn)}です。`}
      </p>
      {(taken > 0 ? refusals : []).map(({ bundle, field, reason }, index) => (
        <Reason
          key={bundle.id}
          id={field}
          label={`採用しない理由（${bundle.label}）`}
          {...(index === 0 && { hint: '結果のメールにそのまま載ります。' })}
          templates={templates}
          value={reason}
          error={messageFor(mistakes, field)}
          onChange={(next) => choice.setReason(bundle.id, next)}
        />
      ))}
      {taken === 0 ? (
        <p className="mt-2">採用する項目がありません。すべて採用しないときは、差し戻してください。</p>
      ) : (
        <>
          <TextArea
            id="word"
            label="届け出た方へのひとこと"
            need="optional"
            hint="結果のメールに載ります。"
            rows={2}
            value={choice.word}
            error={messageFor(mistakes, 'word')}
            onChange={(event) => choice.setWord(event.target.value)}
          />
          <div className="btns">
            <Button size="m" main pending={approve.pending} onClick={() => void approve.send()}>
              {taken}件を反映する {keys && <kbd aria-hidden="true">a</kbd>}
            </Button>
          </div>
          <Failed problem={approve.problem} retry={() => void approve.send()} />
        </>
      )}
    </section>
  );
}

/** Also open where the registration moved: nothing is overwritten by it. */
export function GiveBack({ bundles, choice, decision, keys }: Omit<DecideProps, 'request'>): ReactNode {
  const templates = useQuery(settingsQuery()).data?.returnReasons ?? [];
  const { giveBack, mistakes } = decision;
  return (
    <section aria-labelledby="give-back">
      <h2 id="give-back" tabIndex={-1}>
        差し戻す
      </h2>
      <p className="small quiet">
        {bundles.length > 1 && `${bundles.length}件とも`}
        登録せず、理由を添えて届け出た方に返します。届け出た方は直して送り直せます。
      </p>
      <Reason
        id={GIVE_BACK_FIELD}
        label="差し戻す理由"
        hint="届け出た方へのメールにそのまま載ります。"
        templates={templates}
        value={choice.giveBack}
        error={messageFor(mistakes, GIVE_BACK_FIELD)}
        onChange={choice.setGiveBack}
      />
      <div className="btns">
        <Button size="m" pending={giveBack.pending} onClick={() => void giveBack.send()}>
          差し戻す {keys && <kbd aria-hidden="true">r</kbd>}
        </Button>
      </div>
      <Failed problem={giveBack.problem} retry={() => void giveBack.send()} />
    </section>
  );
}
