import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import type { CreateRegistrationDto, MunicipalityResponse } from '../../api/schema';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed, type Mistake } from '../../ui/notice';
import { Page } from '../../ui/page';
import { useSend } from '../../ui/use-send';
import { FindMunicipality } from './staff-find-municipality';
import { orNull } from '../../ui/or-null';

const EMPTY = {
  mainPhone: '',
  name: '',
  email: '',
  phone: '',
  postalCode: '',
  address: '',
  contactName: '',
  contactKana: '',
  contactTitle: '',
};
type Values = typeof EMPTY;

/** Where the API's pointers lead to. */
const POINTERS = {
  '/municipalityCode': 'municipality',
  '/mainPhone': 'mainPhone',
  ...Object.fromEntries(
    ['/departments/0', '/departments/new-1'].flatMap((root) =>
      ['name', 'email', 'phone', 'postalCode', 'address'].map((field) => [`${root}/${field}`, field]),
    ),
  ),
  ...Object.fromEntries(
    ['/contacts/0', '/contacts/new-2'].flatMap((root) => [
      [`${root}/name`, 'contactName'],
      [`${root}/kana`, 'contactKana'],
      [`${root}/title`, 'contactTitle'],
    ]),
  ),
};

/** Registers a municipality with its first department and person; more are added by a change request. */
export default function NewRegistration(): ReactNode {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [municipality, setMunicipality] = useState<MunicipalityResponse | null>(null);
  const [values, setValues] = useState(EMPTY);
  const [key] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend((body: CreateRegistrationDto) =>
    ok(api.POST('/api/v1/registrations', { params: { header: { 'Idempotency-Key': key } }, body })),
  );
  const checks = [
    [municipality === null, 'municipality', '登録する自治体を選んでください。'],
    [values.mainPhone.trim() === '', 'mainPhone', '代表電話を入力してください。'],
    [values.name.trim() === '', 'name', '部署名を入力してください。'],
    [values.email.trim() === '', 'email', '所属アドレスを入力してください。'],
  ] as const;
  const mistakes = useMistakes(problem, POINTERS, tried, checks);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    if (municipality === null || checks.some(([fails]) => fails)) return;
    const answer = await send(bodyOf(municipality.code, values));
    if (!answer) return;
    await client.invalidateQueries({ queryKey: ['registrations'] });
    void navigate(`/staff/registrations/${answer.id}`);
  };
  return (
    <Page
      heading="自治体を登録する"
      title="自治体を登録する"
      width="narrow"
      lead="登録すると、入力したアドレスにログインの案内をお送りします。"
      above={
        <>
          <ErrorSummary mistakes={mistakes} />
          <p className="back">
            <Link className="inline-block py-0.5" to="/staff/registrations">
              登録自治体の一覧へ
            </Link>
          </p>
        </>
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <FindMunicipality
          chosen={municipality}
          error={messageFor(mistakes, 'municipality')}
          onChoose={(next) => {
            setMunicipality(next);
            if (next)
              setValues((now) => ({
                ...now,
                postalCode: now.postalCode || (next.officePostalCode ?? ''),
                address: now.address || (next.officeAddress ?? ''),
              }));
          }}
        />
        <Fields values={values} onChange={setValues} mistakes={mistakes} />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending}>
            登録する
          </Button>
        </div>
        <Failed problem={mistakes.length === 0 ? problem : null} />
      </form>
    </Page>
  );
}

const bodyOf = (municipalityCode: string, values: Values): CreateRegistrationDto => ({
  municipalityCode,
  mainPhone: values.mainPhone,
  primaryDepartmentId: 'new-1',
  departments: [
    {
      id: 'new-1',
      name: values.name,
      kana: null,
      email: values.email,
      phone: orNull(values.phone),
      fax: null,
      postalCode: orNull(values.postalCode),
      address: orNull(values.address),
    },
  ],
  contacts: orNull(values.contactName)
    ? [
        {
          id: 'new-2',
          departmentId: 'new-1',
          role: 'primary',
          name: values.contactName,
          kana: orNull(values.contactKana),
          title: orNull(values.contactTitle),
          extension: null,
          email: null,
        },
      ]
    : [],
});

type FieldSpec = readonly [keyof Values, string, boolean, string?];

const GROUPS: readonly (readonly [string, readonly FieldSpec[]])[] = [
  ['自治体', [['mainPhone', '代表電話', true]]],
  [
    '担当部署',
    [
      ['name', '部署名', true, '例　企画財政部企画課'],
      ['email', '所属アドレス', true, '課で共有しているアドレスです。'],
      ['phone', '電話番号', false],
      ['postalCode', '郵便番号', false],
      ['address', '所在地', false],
    ],
  ],
  [
    '担当者（正）',
    [
      ['contactName', '氏名', false, '分からないときは、空欄のままで登録できます。'],
      ['contactKana', 'ふりがな', false],
      ['contactTitle', '職名', false],
    ],
  ],
];

const SHORT: ReadonlySet<keyof Values> = new Set([
  'mainPhone',
  'phone',
  'postalCode',
  'contactName',
  'contactKana',
]);

function Fields({
  values,
  onChange,
  mistakes,
}: {
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly mistakes: readonly Mistake[];
}): ReactNode {
  return GROUPS.map(([title, fields]) => (
    <section key={title} className="mt-10">
      <h2>{title}</h2>
      {fields.map(([name, label, required, hint]) => (
        <TextField
          key={name}
          id={name}
          label={label}
          hint={hint}
          need={required ? 'required' : 'optional'}
          width={SHORT.has(name) ? 'short' : 'full'}
          autoComplete="off"
          value={values[name]}
          error={messageFor(mistakes, name)}
          onChange={(event) => onChange({ ...values, [name]: event.target.value })}
        />
      ))}
    </section>
  ));
}
