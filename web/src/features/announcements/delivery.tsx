import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { DeliveryResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed, Notice } from '../../ui/notice';
import { When } from '../../ui/text';
import { useEdited } from '../../ui/use-edited';
import { useSend } from '../../ui/use-send';

type Choice = DeliveryResponse['delivery'];

const deliveryQuery = (registrationId: string) =>
  queryOptions({
    queryKey: ['announcements', 'delivery', registrationId],
    queryFn: () =>
      ok(
        api.GET('/api/v1/registrations/{id}/announcement-delivery', {
          params: { path: { id: registrationId } },
        }),
      ),
  });

/** How the municipality is told: each by itself, or once a day. Whoever acts for it chooses for all. */
export function Delivery({ registrationId }: { readonly registrationId: string }): ReactNode {
  const query = useQuery({ ...deliveryQuery(registrationId), refetchOnWindowFocus: false });
  return (
    <section className="mt-12 no-print" aria-labelledby="delivery">
      <h2 id="delivery" tabIndex={-1}>
        メールでのお届け
      </h2>
      <p className="mt-2">
        新しいお知らせを、登録されているアドレスにメールでお届けします。ここでの設定は、貴自治体のすべてのアドレスに及びます。
      </p>
      <Loaded query={query}>
        {(delivery) => <Form registrationId={registrationId} delivery={delivery} />}
      </Loaded>
    </section>
  );
}

function Form({
  registrationId,
  delivery,
}: {
  readonly registrationId: string;
  readonly delivery: DeliveryResponse;
}): ReactNode {
  const client = useQueryClient();
  const { queryKey } = deliveryQuery(registrationId);
  // Of two choices, what a colleague chose meanwhile is what stood here before, or the same: nothing to ask about.
  const edited = useEdited<Choice>(delivery.delivery, delivery.version);
  const choice = edited.values;
  const [done, setDone] = useState<string | null>(null);
  const { send, pending, problem, clear } = useSend(async () => {
    try {
      return await ok(
        api.PUT('/api/v1/registrations/{id}/announcement-delivery', {
          params: { path: { id: registrationId }, header: ifMatch(edited.version) },
          body: { delivery: choice },
        }),
      );
    } catch (error) {
      // Where a colleague was first, the next try is made on top of theirs.
      await client.invalidateQueries({ queryKey });
      throw error;
    }
  });
  const say = (text: string): void => {
    setDone(text);
    announce(text);
  };
  const save = async (): Promise<void> => {
    const answer = await send();
    if (!answer) return;
    client.setQueryData(queryKey, answer);
    edited.saved(answer, answer.delivery);
    say('お届けのしかたを保存しました。');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setDone(null);
    if (choice !== delivery.delivery) return void save();
    // Nobody is to be named as having changed what they left as it was.
    clear();
    say('いまの設定のままです。');
  };
  const names = namesOf(delivery);
  return (
    <form onSubmit={submit} noValidate>
      <fieldset className="field" aria-describedby="delivery-hint">
        <legend>お届けのしかた</legend>
        {(['at-once', 'digest'] as const).map((value) => (
          <div key={value}>
            <label className="check">
              <input
                type="radio"
                name="delivery"
                checked={choice === value}
                onChange={() => {
                  setDone(null);
                  edited.set(value);
                }}
              />
              {names[value]}
            </label>
          </div>
        ))}
        <p className="hint" id="delivery-hint">
          訂正のお知らせと再度のお願いは、どちらを選んでも、そのつどお届けします。まだお届けしていないお知らせの訂正は、まとめてのメールに、訂正後の内容を載せます。
        </p>
      </fieldset>
      <p className="small quiet mt-2">
        {delivery.changedAt && delivery.changedBy ? (
          <>
            <When at={delivery.changedAt} as="time" />に{delivery.changedBy}さんが設定しました。
          </>
        ) : (
          'はじめからの設定です。'
        )}
      </p>
      <div className="btns mt-4">
        <Button size="m" type="submit" pending={pending} pendingText="保存しています">
          保存する
        </Button>
      </div>
      <Failed problem={problem} />
      {done && (
        <Notice tone="ok" className="mt-4">
          <p>{done}</p>
        </Notice>
      )}
    </form>
  );
}

const namesOf = ({ digestHour }: DeliveryResponse): Readonly<Record<Choice, string>> => ({
  'at-once': 'そのつど',
  digest: `1日1回まとめて（毎日${digestHour}時ごろ）`,
});
