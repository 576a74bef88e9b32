/**
 * Every problem that the portal can answer with: its status and what a person is told.
 * Codes are stable; programs depend on them. Titles say how to go on, never whose fault it is.
 */
export const PROBLEMS = {
  malformed: { status: 400, title: '送られた内容を読み取れませんでした。形式をお確かめください。' },
  'invalid-token': { status: 401, title: 'ログインが必要です。' },
  'session-ended': { status: 401, title: 'ログインの有効期間が終わりました。もう一度ログインしてください。' },
  'sign-in-failed': {
    status: 401,
    title: 'ログインできませんでした。入力した内容をお確かめください。',
  },
  forbidden: { status: 403, title: 'この操作を行う権限がありません。' },
  'step-up-needed': {
    status: 403,
    title: 'この操作の前に、確認アプリのコードをもう一度入力してください。',
  },
  'foreign-origin': { status: 403, title: 'ほかのサイトからの操作は受け付けていません。' },
  'own-proposal': {
    status: 403,
    title: 'ご自分が出した変更届は、ほかの職員が内容を確認します。',
  },
  'second-person-needed': {
    status: 403,
    title: 'もう一人の職員の確認が必要です。ご自分が進めたものは、ほかの職員にご依頼ください。',
  },
  'not-found': { status: 404, title: '見つかりませんでした。' },
  'already-decided': {
    status: 409,
    title: 'この変更届は、内容確認が終わったか、取り下げられています。最新の状態をお確かめください。',
  },
  'not-under-review': { status: 409, title: 'この変更届は、まだ内容確認の段階ではありません。' },
  'not-editable': {
    status: 409,
    title: 'この変更届は、いまの状態では直せません。差し戻された変更届だけを直せます。',
  },
  'not-withdrawable': { status: 409, title: 'この変更届は、いまの状態では取り下げられません。' },
  'not-awaiting-verification': {
    status: 409,
    title: 'この手続きには、確認を待っているアドレスがありません。',
  },
  'registration-moved': {
    status: 409,
    title:
      '変更届が出されたあとに、登録が変わりました。変わったところをお確かめのうえ、いまの登録に取り込んでください。',
  },
  'registration-not-moved': {
    status: 409,
    title: 'この変更届は、いまの登録をもとにしています。取り込む変更はありません。',
  },
  'handover-overlaps': {
    status: 409,
    title: 'この担当者の引継ぎは、すでに予定されています。先に、その引継ぎを取り下げてください。',
  },
  'not-applied': { status: 409, title: 'この変更届は、登録に反映されていません。' },
  'nothing-to-look-over': {
    status: 409,
    title: 'この変更届は、内容確認を経ているため、事後確認は必要ありません。',
  },
  'can-sign-in': {
    status: 409,
    title:
      'このアドレスはすでに登録されています。ログイン用コードをこのアドレスで受け取って、ログインしてください。',
  },
  'no-proposal': { status: 409, title: '同意を待っている変更はありません。' },
  'registration-withdrawn': { status: 409, title: 'この自治体の登録は終わっています。' },
  'open-request-exists': {
    status: 409,
    title: '内容確認の終わっていない変更届があります。先に、その変更届を進めてください。',
  },
  'application-decided': {
    status: 409,
    title:
      'この登録の申込みは、すでに結果が決まったか、期限切れになっています。最新の状態をお確かめください。',
  },
  'application-not-under-review': {
    status: 409,
    title: 'この登録の申込みは、まだ内容確認の段階ではありません。',
  },
  'open-application-exists': {
    status: 409,
    title:
      'この自治体からは、先に出された登録の申込みがあり、内容を確認しています。その結果が出たあとに、同じコードをもう一度入力してください。お急ぎのときは、お電話でお知らせください。',
  },
  'already-registered': { status: 409, title: 'この自治体は、すでに登録されています。' },
  'not-registered': {
    status: 409,
    title: 'この自治体は、まだ登録されていません。登録の申込みからお手続きください。',
  },
  'recovery-decided': {
    status: 409,
    title: 'この申出の手続きは、すでに終わっています。最新の状態をお確かめください。',
  },
  'recovery-not-ready': {
    status: 409,
    title: 'この申出は、いまの段階ではその操作ができません。最新の状態をお確かめください。',
  },
  'choose-registration': {
    status: 409,
    title: 'このアドレスは複数の自治体で使われています。どの自治体として進めるかを選んでください。',
  },
  'last-admin': {
    status: 409,
    title: '管理者が一人もいなくなるため、この操作はできません。先に、ほかの職員を管理者にしてください。',
  },
  'last-factor': {
    status: 409,
    title: '確認アプリが一つもなくなるため、この操作はできません。先に、新しい確認アプリを登録してください。',
  },
  'account-not-active': {
    status: 409,
    title: 'このアカウントは、いまの状態ではその操作ができません。最新の状態をお確かめください。',
  },
  'address-in-use': { status: 409, title: 'このアドレスは、すでに使われています。' },
  'idempotency-key-reused': {
    status: 409,
    title: '同じ操作の番号で、違う内容が送られました。画面を読み込み直してから、もう一度お試しください。',
  },
  'task-closes-itself': {
    status: 409,
    title: 'この仕事は、対象の手続きが終わると、自動で完了になります。',
  },
  'mail-not-failed': {
    status: 409,
    title: 'このメールは、送り直す必要がありません。送れなかったメールだけを送り直せます。',
  },
  'mail-of-no-use': {
    status: 409,
    title: 'このメールは、書かれている期限が過ぎているため、送り直せません。',
  },
  'announcement-published': {
    status: 409,
    title: 'このお知らせは、すでに公開されています。内容を直すときは「訂正する」をお使いください。',
  },
  'announcement-not-published': {
    status: 409,
    title: 'このお知らせは、公開中ではありません。最新の状態をお確かめください。',
  },
  'announcement-not-scheduled': {
    status: 409,
    title: 'このお知らせは、公開が予定されていません。最新の状態をお確かめください。',
  },
  'announcement-ended': {
    status: 409,
    title: 'このお知らせは、掲載が終わっています。',
  },
  'announcement-corrected': {
    status: 409,
    title: 'ご覧になったあとに、このお知らせが訂正されました。訂正後の内容をお確かめください。',
  },
  'too-many-attachments': {
    status: 409,
    title:
      'このお知らせに添付できるファイルの数を超えます。いらないファイルを外してから、もう一度添付してください。',
  },
  'campaign-running': {
    status: 409,
    title: 'この確認は、すでに始まっています。対象と、回答とみなす最初の日は変えられません。',
  },
  'campaign-not-running': {
    status: 409,
    title: 'この確認は、いま動いていません。最新の状態をお確かめください。',
  },
  'campaign-not-paused': {
    status: 409,
    title: 'この確認は、一時停止していません。最新の状態をお確かめください。',
  },
  'campaign-closed': { status: 409, title: 'この確認は、終わっています。' },
  'campaign-step-gone': {
    status: 409,
    title: 'すでに送った段階は、変えることも外すこともできません。最新の状態をお確かめください。',
  },
  'target-ended': {
    status: 409,
    title: 'この自治体への確認は、すでに終わっています。最新の状態をお確かめください。',
  },
  'question-ended': {
    status: 409,
    title: 'この確認のお願いは終わりました。登録の内容は、ログインするといつでも確認できます。',
  },
  'registration-changed-since': {
    status: 409,
    title:
      'このメールのあとで、登録の内容が変わりました。いまの内容と新しいコードを、登録のアドレスにお送りしています。そのメールをご覧ください。',
  },
  'stale-version': {
    status: 412,
    title: '表示したあとに内容が変わりました。最新の内容をお確かめのうえ、もう一度お試しください。',
  },
  'too-large': { status: 413, title: '送られた内容が大きすぎます。' },
  'attachment-too-large': {
    status: 413,
    title: 'ファイルが大きすぎます。小さくするか、いくつかに分けて添付してください。',
  },
  'unsupported-media-type': { status: 415, title: 'JSON（application/json）で送ってください。' },
  'file-expected': {
    status: 415,
    title: 'ファイルの中身を、そのまま（application/octet-stream）送ってください。',
  },
  'attachment-kind': {
    status: 415,
    title:
      'この種類のファイルは添付できません。PDF、Word（docx）、Excel（xlsx）、PowerPoint（pptx）、OpenDocument（odt・ods・odp）、画像（jpg・png）、テキスト（txt・csv）のどれかにしてください。古い形式（doc・xls・ppt）のファイルは、新しい形式（docx・xlsx・pptx）で、パスワードを付けずに保存し直してください。',
  },
  'attachment-macros': {
    status: 415,
    title:
      'マクロを含むファイルは添付できません。マクロを含まない形式（docx・xlsx・pptxなど）で保存し直してください。',
  },
  'attachment-name-differs': {
    status: 415,
    title:
      'ファイルの中身が、名前の終わり（拡張子）と違います。中身に合った名前にするか、もとのソフトで保存し直してください。',
  },
  'attachment-damaged': {
    status: 422,
    title:
      'ファイルが途中で切れているか、余分なものが付いています。もとのソフトで開いて、保存し直したものを添付してください。',
  },
  invalid: { status: 422, title: '入力した内容に、直していただきたいところがあります。' },
  'no-changes': {
    status: 422,
    title: 'いまの登録から変わったところがありません。変更がないときは「変更はありません」をお使いください。',
  },
  'wrong-code': {
    status: 422,
    title:
      '番号またはコードが違います。メールに書かれた番号とコードをお確かめください。期限が過ぎたときや、何度も違うコードを入力したときは、新しいコードをお使いください。',
  },
  'if-match-required': {
    status: 428,
    title: 'どの版をもとにした操作かが分かりません。最新の内容を表示してから、もう一度お試しください。',
  },
  'too-many-requests': {
    status: 429,
    title: '短い間に多くの操作がありました。しばらくたってから、もう一度お試しください。',
  },
  unexpected: {
    status: 500,
    title: '思いがけない問題が起きました。時間をおいて、もう一度お試しください。',
  },
  unavailable: {
    status: 503,
    title: 'ただいま利用できません。しばらくたってから、もう一度お試しください。',
  },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
