import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccount } from '../../api/hooks';
import { Button, ButtonLink } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Page } from '../../ui/page';
import { formatDateJa, Hidden } from '../../ui/text';
import { History } from './own-history';
import { registrationQuery } from './queries';
import { Sheet } from './sheet';

/** 登録情報: the sheet with the age of each field, to read and to print, and how it came to be. */
export default function OwnRegistration(): ReactNode {
  const account = useAccount();
  const query = useQuery(registrationQuery(account.registrationId as string));
  return (
    <Page heading="登録情報" title="登録情報" eyebrow={account.municipality}>
      <Loaded query={query}>
        {(registration) => (
          <>
            <p className="lead">
              第{registration.version}版です。それぞれの項目の下に、最後に確認した日を書いています。
            </p>
            <p className="only-print">{formatDateJa(new Date())} 印刷</p>
            <div className="btns mt-6 no-print">
              <ButtonLink main size="m" to="/registration/edit">
                修正する
              </ButtonLink>
              <ButtonLink size="m" to="/registration/handover">
                引継ぎを届け出る
              </ButtonLink>
              <Button size="m" onClick={() => window.print()}>
                印刷する
              </Button>
            </div>
            <Sheet
              registration={registration}
              freshness="all"
              action={({ id, name }) => (
                <Link to={`/registration/edit#departments-${id}-legend`} className="small">
                  この部署を修正する<Hidden>（{name}）</Hidden>
                </Link>
              )}
            />
            <History registrationId={registration.id} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
