import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Desk, Settings } from '../../config/env.js';
import { Public } from '../access/access.decorators.js';
import { FORM_SCRIPT } from './form-page.js';
import { escapeHtml, page, STYLESHEET } from './page-shell.js';

/** The page at `/`. Public: it leads on and says nothing of anybody. */
@ApiExcludeController()
@Controller()
export class LandingController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  landing(): string {
    const { registrationDesk, projectDesk } = this.settings;
    const mailbox =
      this.settings.mode === 'demo'
        ? '<li><a href="/dev/mailbox">送られたメール</a>（デモだけにあります）</li>'
        : '';
    return page(
      '登録情報の窓口',
      `<p>登録自治体の担当部署・担当者・アドレスを、正しく保つための窓口です。</p>
       <ul><li><a href="/v">新しいメールアドレスの確認</a>（番号とコードの入力）</li><li><a href="/i">職員用アカウントの設定</a></li><li><a href="/api/docs">APIの説明</a>（英語）</li>${mailbox}</ul>
       <h2>お問い合わせ</h2>
       <p>会員登録について<br>${desk(registrationDesk)}</p>
       <p>プロジェクトについて<br>${desk(projectDesk)}</p>`,
    );
  }

  @Get('portal.css')
  @Public()
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  stylesheet(): string {
    return STYLESHEET;
  }

  @Get('form.js')
  @Public()
  @Header('content-type', 'text/javascript; charset=utf-8')
  formScript(): string {
    return FORM_SCRIPT;
  }
}

const desk = ({ phone, name }: Desk): string => `${escapeHtml(phone)}<br>${escapeHtml(name)}`;
