import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import { decodeCursor, toPage } from '../platform/http/page.js';
import { assertDate } from '../platform/http/period.js';
import { likePatterns } from '../platform/text/search-text.js';
import { MunicipalitiesRepository } from './municipalities.repository.js';
import { parseMunicipalityCode } from './municipality-code.js';
import type {
  AssociationList,
  MunicipalitiesQuery,
  MunicipalityPage,
  MunicipalityQuery,
  MunicipalityResponse,
} from './municipality.dto.js';

/** The master: every municipality of the country, and who is a member. */
@Injectable()
export class MunicipalitiesService {
  constructor(
    private readonly database: Database,
    private readonly repository: MunicipalitiesRepository,
  ) {}

  async list(viewer: Viewer, query: MunicipalitiesQuery): Promise<MunicipalityPage> {
    assertDate('asOf', query.asOf);
    const after = decodeCursor(query.cursor, 2);
    return this.database.transaction(viewer, Permission.ReadMaster, async (tx) => {
      const { asOf = tx.today } = query;
      const { rows, total } = await this.repository.list(tx, {
        ...query,
        terms: likePatterns(query.q),
        asOf,
        after,
      });
      return toPage(
        rows,
        query.limit,
        total,
        (row) => [row[query.sort], row.code],
        (row) => row,
      );
    });
  }

  /** @param code 5 or 6 digits; a wrong check digit is an error of its own, since it is a typing error */
  async get(viewer: Viewer, code: string, query: MunicipalityQuery): Promise<MunicipalityResponse> {
    assertDate('asOf', query.asOf);
    return this.database.transaction(viewer, Permission.ReadMaster, async (tx) => {
      const { asOf = tx.today } = query;
      const parsed = parseMunicipalityCode(code);
      if (parsed === null) {
        throw invalidField('/code', 'municipality-code', '全国地方公共団体コードをお確かめください。');
      }
      const found = await this.repository.find(tx, parsed, asOf);
      if (!found) throw new DomainError('not-found');
      return found;
    });
  }

  async listAssociations(viewer: Viewer): Promise<AssociationList> {
    return this.database.transaction(viewer, Permission.ReadMaster, async (tx) => {
      const items = await this.repository.listAssociations(tx);
      return { items, total: items.length };
    });
  }
}
