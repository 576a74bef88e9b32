import type { ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import NotFound from './not-found';

/** What members of staff have. */
export default function StaffRoutes(): ReactNode {
  return (
    <Routes>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
