import type { ReactNode } from 'react';
import { Button } from '../../ui/controls';
import { Hidden } from '../../ui/text';
import { sizeOf } from './attachment-words';
import type { Sending } from './editor-uploads';

/** A file on its way, one that has to be asked about, or one that couldn't be taken. */
export function OnItsWay({
  sending: { file, state, part, why, again },
  onAgain,
  onDrop,
}: {
  readonly sending: Sending;
  readonly onAgain: () => void;
  readonly onDrop: () => void;
}): ReactNode {
  const percent = Math.floor(part * 100);
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="mr-auto">
          {file.name} <span className="quiet small">（{file.size === 0 ? '0KB' : sizeOf(file.size)}）</span>
        </span>
        <span className="flex gap-3">
          {again && (
            <Button size="s" onClick={onAgain}>
              {state === 'asked' ? 'それでも添付する' : 'もう一度送る'}
              <Hidden>（{file.name}）</Hidden>
            </Button>
          )}
          <Button size="s" onClick={onDrop}>
            {DROP[state]}
            <Hidden>（{file.name}）</Hidden>
          </Button>
        </span>
      </div>
      {state === 'waiting' && <p className="small quiet">順番を待っています。</p>}
      {state === 'sending' && (
        <p className="small upload">
          <progress max={100} value={percent} aria-label={`${file.name}を送っています`} />
          {percent < 100 ? `${percent}%` : '中身を確かめています'}
        </p>
      )}
      {why !== null && <p className="err">{why}</p>}
    </li>
  );
}

const DROP = {
  waiting: '取りやめる',
  sending: '取りやめる',
  asked: '添付しない',
  failed: '一覧から消す',
} as const;
