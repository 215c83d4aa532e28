/** @jsxImportSource preact */
import '../people/page.css';
import { render } from 'preact';
import { followApi } from './api';
import { Following } from './following';
import { Page } from './Page';

const token = decodeURIComponent(window.location.pathname.replace(/^\/d\//, '').replace(/\/$/, ''));
const following = new Following(followApi, token);
const root = document.getElementById('root');
if (root) render(<Page following={following} />, root);
following.start();
