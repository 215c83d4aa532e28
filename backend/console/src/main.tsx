import '@mantine/core/styles.css';
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import './shell/console.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem';
import { App } from './shell/App';
import { theme } from './shell/theme';
import { TextProvider } from './text/Text';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      retry: (count, error) => !(error instanceof Problem && error.status >= 400 && error.status < 500) && count < 5,
    },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} forceColorScheme="light">
        <QueryClientProvider client={queries}>
          <TextProvider>
            <App />
          </TextProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
