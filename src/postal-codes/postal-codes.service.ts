import { Injectable } from '@nestjs/common';
import type { Address } from 'yubin';
import type { PostalCodeAddressResponse, PostalCodeList } from './postal-code.dto.js';
import { townInAddress } from './town-text.js';

/**
 * Addresses by postal code, from Japan Post's public lists (`yubin`, on this machine). Nothing is asked of anybody
 * outside, and nothing of the database: the lists are the same for everybody.
 */
@Injectable()
export class PostalCodesService {
  /**
   * A municipality's code may be asked for, or never. So the lists come with the first question: 30 MB that stay. Each
   * region (the first three digits) is unpacked when it is first asked for; all 948 of them take another 80 MB of heap,
   * and 150 MB of memory in all. More than that nobody can make of it.
   */
  private loaded: Promise<typeof import('yubin')> | undefined;

  /** @param code `NNN-NNNN` */
  async find(code: string): Promise<PostalCodeList> {
    this.loaded ??= import('yubin');
    const { getAddress } = await this.loaded;
    const address = getAddress(code);
    return { items: address ? [toResponse(code, address)] : [] };
  }
}

function toResponse(postalCode: string, address: Address): PostalCodeAddressResponse {
  const { prefecture, city, town } = address;
  if (address.source === 'jigyosyo') {
    const { streetAddress, companyName: office } = address;
    return { postalCode, prefecture, city, town: town + streetAddress, office, severalTowns: false };
  }
  // The package keeps one town of several, the last of the list: none is better than one that is most likely wrong.
  const severalTowns = address.multiTown;
  return {
    postalCode,
    prefecture,
    city,
    town: severalTowns ? '' : townInAddress(town),
    office: null,
    severalTowns,
  };
}
