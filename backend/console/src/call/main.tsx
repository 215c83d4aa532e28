/** @jsxImportSource preact */
import '../people/page.css';
import { render } from 'preact';
import { residentApi } from './api';
import { Following } from './following';
import { Page } from './Page';

const spotToken = decodeURIComponent(window.location.pathname.replace(/^\/s\//, '').replace(/\/$/, ''));
const following = new Following(residentApi, spotToken);
const root = document.getElementById('root');
if (root) render(<Page following={following} />, root);
void following.start();
