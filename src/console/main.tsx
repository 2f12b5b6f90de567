import './ui/styles.js';
import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { createQueryClient } from './data/query-client.js';
import { createI18n } from './i18n/setup.js';
import { createConsoleRouter } from './router.js';
import { cssVariables, theme } from './ui/theme.js';

const queryClient = createQueryClient();
const router = createConsoleRouter(queryClient);
const i18n = await createI18n();
const schemes = localStorageColorSchemeManager({ key: 'tocsin-scheme' });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <DirectionProvider>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          colorSchemeManager={schemes}
          defaultColorScheme="auto"
        >
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
            <Notifications position="bottom-right" limit={3} />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  </StrictMode>,
);
