import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Codes } from '../mail/codes.js';
import { MailTransport } from '../mail/mail-transport.js';
import { MailController } from './mail.controller.js';
import { MailRepository } from './mail.repository.js';
import { MailService } from './mail.service.js';
import { OutboxSignal } from './outbox-signal.js';
import { OutboxAttempt, OutboxMessage, OutboxMessageAbout } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';
import { Outbox } from './outbox.service.js';
import { OutboxWorker } from './outbox.worker.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([OutboxMessage, OutboxAttempt, OutboxMessageAbout])],
  controllers: [MailController],
  providers: [
    Outbox,
    MailService,
    MailRepository,
    OutboxRepository,
    OutboxSignal,
    OutboxWorker,
    MailTransport,
    Codes,
  ],
  exports: [Outbox, Codes],
})
export class OutboxModule {}
