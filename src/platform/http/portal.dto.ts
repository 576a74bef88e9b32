export class DeskResponse {
  /** @example 公益財団法人特別区協議会　事業部事業推進課 */
  name: string;
  /** @example 03-5210-9080 */
  phone: string;
}

export class PortalResponse {
  /** Whom to call about a registration. */
  registrationDesk: DeskResponse;
  /** Whom to call about the project. */
  projectDesk: DeskResponse;
  /** Whether it shows invented data and its mails on a page of its own. @example false */
  demo: boolean;
}
