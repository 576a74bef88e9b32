import { Injectable } from '@nestjs/common';

/** Tells a worker in the same process that there is something to do. Losing it costs a moment, not a mail. */
@Injectable()
export class OutboxSignal {
  private listener: () => void = () => undefined;

  onWake(listener: () => void): void {
    this.listener = listener;
  }

  wake(): void {
    this.listener();
  }
}
