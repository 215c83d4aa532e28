/** @jsxImportSource preact */
import '../people/page.css';
import { render } from 'preact';
import { shopApi } from './api';
import { Page } from './Page';
import { Selling } from './selling';

const shopToken = decodeURIComponent(window.location.pathname.replace(/^\/shop\//, '').replace(/\/$/, ''));
const selling = new Selling(shopApi, shopToken);
const root = document.getElementById('root');
if (root) render(<Page selling={selling} />, root);
selling.start();
