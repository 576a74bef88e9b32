import './ui/styles/index.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { asProblem } from './api/problem';
import { session } from './api/session';
import { App } from './app/app';
import { ErrorBoundary } from './app/error-boundary';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // An answer that says no says so again; only silence is asked twice.
      retry: (count, error) => asProblem(error).status === 0 && count < 1,
    },
    mutations: { retry: false },
  },
});

void session.start();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <ErrorBoundary>
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
);
