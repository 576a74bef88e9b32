import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../platform/http/endpoint.js';
import { PostalCodeList, PostalCodeParams } from './postal-code.dto.js';
import { PostalCodesService } from './postal-codes.service.js';

@ApiTags('postal-codes')
@Controller('postal-codes')
export class PostalCodesController {
  constructor(private readonly postalCodes: PostalCodesService) {}

  @Get(':code')
  @Header('cache-control', 'public, max-age=86400')
  @Endpoint({
    summary: 'Addresses of a postal code',
    description: 'Public data of Japan Post; applications are filled in without signing in.',
    access: 'public',
  })
  find(@Param() { code }: PostalCodeParams): Promise<PostalCodeList> {
    return this.postalCodes.find(code);
  }
}
