import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Settings } from '../config/env.js';
import { Public } from '../platform/access/access.decorators.js';
import { formPage } from '../platform/http/form-page.js';

/** The form that an invitation tells a member of staff to open. Public: the invited person has no password yet. */
@ApiExcludeController()
@Controller('i')
export class InvitationPageController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  form(): string {
    return formPage(INVITATION_FORM, this.settings.registrationDesk);
  }
}

const INVITATION_FORM = {
  title: '職員用アカウントのパスワードの設定',
  lead: '案内のメールに書かれた番号とコードを入力し、ご自分のパスワードを決めてください。',
  path: '/api/v1/auth/invitations/{number}/accept',
  fields: [
    { name: 'number', label: '番号', hint: '例　100 001' },
    {
      name: 'code',
      label: 'コード',
      hint: '12桁の数字です。例　4821 7736 0954',
      autocomplete: 'one-time-code',
    },
    {
      name: 'password',
      label: '新しいパスワード',
      hint: '15文字以上。文字の種類は問いません。',
      type: 'password',
      autocomplete: 'new-password',
    },
  ],
  button: 'パスワードを決める',
  done: 'パスワードを決めました。メールアドレスとパスワードでログインできます。',
} as const;
