import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { ClientNetwork } from '../platform/http/client-network.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { VerificationKeyPipe } from './verification-key.pipe.js';
import { VerifiedResponse, VerifyAddressDto } from './verification.dto.js';
import type { VerificationKey } from './verifications.repository.js';
import { VerificationsService } from './verifications.service.js';

@ApiTags('verifications')
@Controller('verifications')
export class VerificationsController {
  constructor(private readonly verifications: VerificationsService) {}

  @Post(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' }, example: '482177365' })
  @Endpoint({
    summary: 'Prove that a new mailbox is read',
    description:
      'Whoever reads the new mailbox has no account; the mailed code is the proof. `id` is the id, or the number in the mail.',
    access: 'public',
    problems: [
      'wrong-code',
      'too-many-requests',
      'not-awaiting-verification',
      'can-sign-in',
      'open-application-exists',
      'already-registered',
    ],
  })
  verify(
    @Param('id', VerificationKeyPipe) key: VerificationKey,
    @Body() body: VerifyAddressDto,
    @ClientNetwork() network: string,
  ): Promise<VerifiedResponse> {
    return this.verifications.verify(key, body.code, network);
  }
}
