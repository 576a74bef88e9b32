import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Settings } from '../config/env.js';
import { Public } from '../platform/access/access.decorators.js';
import { formPage } from '../platform/http/form-page.js';

/** The form that the mail to a new mailbox tells people to open. Public: it shows nothing of any registration. */
@ApiExcludeController()
@Controller('v')
export class VerificationPageController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  form(): string {
    return formPage(VERIFICATION_FORM, this.settings.registrationDesk);
  }
}

const VERIFICATION_FORM = {
  title: 'メールアドレスの確認',
  lead: 'メールに書かれた番号とコードを入力してください。ログインは必要ありません。',
  path: '/api/v1/verifications/{number}',
  fields: [
    { name: 'number', label: '番号', hint: '例　482 177 365' },
    { name: 'code', label: 'コード', hint: '8桁の数字です。例　4821 7736', autocomplete: 'one-time-code' },
  ],
  button: 'アドレスを確認する',
  done: 'アドレスを確認しました。受付番号は {receiptNumber} です。{next}',
} as const;
