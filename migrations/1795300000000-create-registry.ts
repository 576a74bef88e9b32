import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The master of municipalities and the registrations, with the walls between municipalities from the first day. */
export class CreateRegistry1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION today_in_tokyo() RETURNS date LANGUAGE sql STABLE
        RETURN (now() AT TIME ZONE 'Asia/Tokyo')::date;

      -- Who is looking is set once per transaction, by open_session() or open_system(). The walls catch a query
      -- that forgot whom it is for; they can't bind a statement that is made to set these itself.
      -- After a transaction the setting is '' and not NULL.
      CREATE FUNCTION viewer_is_staff() RETURNS boolean LANGUAGE sql STABLE
        RETURN coalesce(current_setting('renkei.actor', true) IN ('staff', 'system'), false);
      CREATE FUNCTION viewer_may_see(registration_id uuid) RETURNS boolean LANGUAGE sql STABLE
        RETURN viewer_is_staff()
          OR coalesce(registration_id = nullif(current_setting('renkei.registration_id', true), '')::uuid, false);

      -- Numbers that people copy from a mail: six digits for the first 900,000.
      CREATE SEQUENCE typed_number START 100001;

      CREATE TABLE prefecture (
        code text NOT NULL,
        name text NOT NULL,
        kana text NOT NULL,
        CONSTRAINT prefecture_pkey PRIMARY KEY (code)
      );

      CREATE TABLE municipality (
        code text NOT NULL,
        prefecture_code text NOT NULL,
        name text NOT NULL,
        kana text NOT NULL,
        type text NOT NULL,
        office_postal_code text,
        office_address text,
        website text,
        latitude double precision,
        longitude double precision,
        valid_from date,
        valid_to date,
        search_text text NOT NULL,
        CONSTRAINT municipality_pkey PRIMARY KEY (code),
        CONSTRAINT municipality_period_begins_before_it_ends CHECK (valid_from < valid_to),
        CONSTRAINT municipality_type_is_known CHECK (type IN ('city', 'town', 'village', 'special-ward')),
        CONSTRAINT municipality_code_has_six_digits CHECK (code ~ '^[0-9]{6}$'),
        CONSTRAINT municipality_belongs_to_prefecture FOREIGN KEY (prefecture_code) REFERENCES prefecture(code)
      );
      CREATE INDEX municipality_prefecture_code ON municipality (prefecture_code);

      CREATE TABLE municipality_successor (
        municipality_code text NOT NULL,
        successor_code text NOT NULL,
        effective_on date NOT NULL,
        reason text NOT NULL,
        CONSTRAINT municipality_successor_pkey PRIMARY KEY (municipality_code, successor_code),
        CONSTRAINT municipality_successor_of_municipality FOREIGN KEY (municipality_code) REFERENCES municipality(code),
        CONSTRAINT municipality_successor_is_municipality FOREIGN KEY (successor_code) REFERENCES municipality(code)
      );

      CREATE TABLE association (
        id text NOT NULL,
        name text NOT NULL,
        prefecture_code text NOT NULL,
        municipality_types text[] NOT NULL,
        CONSTRAINT association_pkey PRIMARY KEY (id),
        CONSTRAINT association_is_of_prefecture FOREIGN KEY (prefecture_code) REFERENCES prefecture(code)
      );

      CREATE TABLE registration (
        id uuid NOT NULL,
        municipality_code text NOT NULL,
        status text NOT NULL DEFAULT 'active',
        main_phone text NOT NULL,
        primary_department_id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        last_confirmed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        withdrawn_at timestamptz,
        withdrawn_reason text,
        CONSTRAINT registration_pkey PRIMARY KEY (id),
        CONSTRAINT registration_version_is_positive CHECK (version > 0),
        CONSTRAINT registration_withdrawn_has_date_and_reason CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawn_reason IS NOT NULL)),
        CONSTRAINT registration_status_is_known CHECK (status IN ('active', 'withdrawn')),
        CONSTRAINT registration_of_municipality FOREIGN KEY (municipality_code) REFERENCES municipality(code)
      );
      CREATE UNIQUE INDEX registration_one_active_per_municipality ON registration (municipality_code) WHERE status = 'active';

      CREATE TABLE department (
        id uuid NOT NULL,
        registration_id uuid NOT NULL,
        name text NOT NULL,
        kana text,
        email text NOT NULL,
        phone text,
        fax text,
        postal_code text,
        address text,
        position integer NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        CONSTRAINT department_pkey PRIMARY KEY (id),
        CONSTRAINT department_id_within_registration UNIQUE (id, registration_id),
        CONSTRAINT department_period_begins_before_it_ends CHECK (valid_from <= valid_to),
        CONSTRAINT department_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id)
      );
      CREATE INDEX department_registration_id ON department (registration_id);

      CREATE TABLE contact (
        id uuid NOT NULL,
        registration_id uuid NOT NULL,
        department_id uuid NOT NULL,
        name text NOT NULL,
        kana text,
        title text,
        email text,
        extension text,
        role text NOT NULL,
        position integer NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        CONSTRAINT contact_pkey PRIMARY KEY (id),
        CONSTRAINT contact_period_begins_before_it_ends CHECK (valid_from <= valid_to),
        CONSTRAINT contact_role_is_known CHECK (role IN ('primary', 'deputy')),
        CONSTRAINT contact_in_department_of_same_registration FOREIGN KEY (department_id, registration_id) REFERENCES department(id,registration_id)
      );
      CREATE INDEX contact_department_id ON contact (department_id);
      CREATE INDEX contact_registration_id ON contact (registration_id);

      CREATE TABLE field_freshness (
        registration_id uuid NOT NULL,
        pointer text NOT NULL,
        confirmed_at timestamptz NOT NULL,
        confirmed_by text NOT NULL,
        method text NOT NULL,
        CONSTRAINT field_freshness_pkey PRIMARY KEY (registration_id, pointer),
        CONSTRAINT field_freshness_method_is_known CHECK (method IN ('change', 'confirmation', 'phone', 'import')),
        CONSTRAINT field_freshness_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id)
      );

      CREATE TABLE registration_version (
        registration_id uuid NOT NULL,
        version integer NOT NULL,
        document jsonb NOT NULL,
        changes jsonb NOT NULL,
        effective_on date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        cause text NOT NULL,
        change_request_id uuid,
        proposed_by text NOT NULL,
        decided_by text,
        CONSTRAINT registration_version_pkey PRIMARY KEY (registration_id, version),
        CONSTRAINT registration_version_cause_is_known CHECK (cause IN ('registration', 'change-request', 'handover', 'import', 'recovery', 'withdrawal')),
        CONSTRAINT registration_version_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id)
      );

      ALTER TABLE registration ADD CONSTRAINT registration_primary_department_exists FOREIGN KEY (primary_department_id) REFERENCES department(id) DEFERRABLE INITIALLY DEFERRED;

      -- Found by equality when somebody signs in or is told that a mailbox goes.
      CREATE INDEX department_email_key ON department (lower(email));
      CREATE INDEX contact_email_key ON contact (lower(email));
      CREATE INDEX municipality_search_text ON municipality USING gin (search_text gin_trgm_ops);

      -- Whoever reads one of these may act for the municipality today.
      CREATE VIEW registered_mailbox WITH (security_invoker = true) AS
        SELECT d.registration_id, lower(d.email) AS mailbox_key, d.email AS mailbox
          FROM department d JOIN registration r ON r.id = d.registration_id
         WHERE r.status = 'active' AND d.valid_from <= today_in_tokyo()
           AND (d.valid_to IS NULL OR d.valid_to > today_in_tokyo())
        UNION
        SELECT c.registration_id, lower(c.email), c.email
          FROM contact c JOIN registration r ON r.id = c.registration_id
         WHERE c.email IS NOT NULL AND r.status = 'active' AND c.valid_from <= today_in_tokyo()
           AND (c.valid_to IS NULL OR c.valid_to > today_in_tokyo());

      -- Who is registered is no secret between members; whatever is registered is.
      CREATE FUNCTION registered_municipality_codes() RETURNS SETOF text
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        viewer text := current_setting('renkei.actor', true);
      BEGIN
        PERFORM set_config('renkei.actor', 'system', true);
        RETURN QUERY SELECT municipality_code FROM registration WHERE status = 'active';
        PERFORM set_config('renkei.actor', coalesce(viewer, ''), true);
      END $$;

      -- The walls: the owner is bound by them too.
      ALTER TABLE registration ENABLE ROW LEVEL SECURITY;
      ALTER TABLE registration FORCE ROW LEVEL SECURITY;
      CREATE POLICY registration_of_viewer ON registration USING (viewer_may_see(id)) WITH CHECK (viewer_may_see(id));
      ALTER TABLE department ENABLE ROW LEVEL SECURITY;
      ALTER TABLE department FORCE ROW LEVEL SECURITY;
      CREATE POLICY department_of_viewer ON department USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));
      ALTER TABLE contact ENABLE ROW LEVEL SECURITY;
      ALTER TABLE contact FORCE ROW LEVEL SECURITY;
      CREATE POLICY contact_of_viewer ON contact USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));
      ALTER TABLE field_freshness ENABLE ROW LEVEL SECURITY;
      ALTER TABLE field_freshness FORCE ROW LEVEL SECURITY;
      CREATE POLICY field_freshness_of_viewer ON field_freshness USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));
      ALTER TABLE registration_version ENABLE ROW LEVEL SECURITY;
      ALTER TABLE registration_version FORCE ROW LEVEL SECURITY;
      CREATE POLICY registration_version_of_viewer ON registration_version USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));

      -- The application owns nothing, deletes nothing, and rewrites no history.
      GRANT USAGE ON SCHEMA public TO renkei_app;
      -- So that it can refuse to serve from a schema that is behind it.
      GRANT SELECT ON schema_migration TO renkei_app;
      GRANT SELECT ON prefecture, municipality, municipality_successor, association, registered_mailbox TO renkei_app;
      GRANT SELECT, INSERT, UPDATE ON registration, department, contact, field_freshness TO renkei_app;
      GRANT SELECT, INSERT ON registration_version TO renkei_app;
      GRANT USAGE ON SEQUENCE typed_number TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
