import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Settings } from '../../config/env.js';
import { Public } from '../access/access.decorators.js';
import { page, STYLESHEET } from './page-shell.js';

/** The page at `/`. Public: it leads on and says nothing of anybody. */
@ApiExcludeController()
@Controller()
export class LandingController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  landing(): string {
    const mailbox =
      this.settings.mode === 'demo'
        ? '<li><a href="/dev/mailbox">送られたメール</a>（デモだけにあります）</li>'
        : '';
    return page(
      '登録情報の窓口',
      `<p>登録自治体の担当部署・担当者・アドレスを、正しく保つための窓口です。</p>
       <ul><li><a href="/v">新しいメールアドレスの確認</a>（番号とコードの入力）</li><li><a href="/api/docs">APIの説明</a>（英語）</li>${mailbox}</ul>
       <p>お問い合わせ　${this.settings.registrationDesk.phone}<br>${this.settings.registrationDesk.name}</p>`,
    );
  }

  @Get('portal.css')
  @Public()
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  stylesheet(): string {
    return STYLESHEET;
  }
}
