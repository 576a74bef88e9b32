import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdmissionsRepository } from './admissions.repository.js';
import { AdmissionsService } from './admissions.service.js';
import { MunicipalitiesRepository } from './municipalities.repository.js';
import { MunicipalitiesService } from './municipalities.service.js';
import { Association, Municipality, MunicipalitySuccessor, Prefecture } from './municipality.entity.js';
import {
  Contact,
  Department,
  FieldFreshness,
  Registration,
  RegistrationVersion,
} from './registration.entity.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { RegistrationsService } from './registrations.service.js';
import { RegistryController } from './registry.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Prefecture,
      Municipality,
      MunicipalitySuccessor,
      Association,
      Registration,
      Department,
      Contact,
      FieldFreshness,
      RegistrationVersion,
    ]),
  ],
  controllers: [RegistryController],
  providers: [
    MunicipalitiesService,
    MunicipalitiesRepository,
    RegistrationsService,
    RegistrationsRepository,
    AdmissionsService,
    AdmissionsRepository,
  ],
  exports: [RegistrationsService, AdmissionsService],
})
export class RegistryModule {}
