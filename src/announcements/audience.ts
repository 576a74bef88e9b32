import type { ChosenMunicipalities } from '../registry/municipality-choice.js';

/** Whom an announcement is meant for; decided by `announcement_is_meant_for()` in the database, at publication. */
export type Audience = { readonly kind: 'all' } | ChosenMunicipalities;
