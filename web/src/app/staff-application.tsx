import type { ReactNode } from 'react';
import { Application } from '../features/memberships/application';
import { NO_FRESHNESS, Sheet } from '../features/registry/sheet';

/** An application with the registration that it proposes, drawn as a registration is. */
export default function StaffApplication(): ReactNode {
  return (
    <Application
      sheet={(proposed) => <Sheet registration={{ ...proposed, ...NO_FRESHNESS }} freshness="none" />}
    />
  );
}
