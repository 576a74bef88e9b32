import { PostalCodeField } from '../platform/http/fields.js';

export class PostalCodeParams {
  /** 7 digits; hyphen, 〒 and full-width digits don't matter. @example 080-0198 */
  @PostalCodeField()
  code: string;
}

export class PostalCodeAddressResponse {
  /** @example 080-0198 */
  postalCode: string;
  /** @example 北海道 */
  prefecture: string;
  /** With its 郡 and, in big cities, its 区. @example 河東郡音更町 */
  city: string;
  /** As one would write it in an address; empty where the code says no more than the city. @example 元町２ */
  town: string;
  /** Who has this code for themselves. @example 音更町役場 */
  office: string | null;
  /** The code stands for more than one town: which one, has to be typed, and the city is to be looked at. @example false */
  severalTowns: boolean;
}

export class PostalCodeList {
  /** Empty for a code that isn't known. */
  items: PostalCodeAddressResponse[];
}
