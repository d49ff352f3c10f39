// A certified OpenID provider for the tests (npm: oidc-provider), on a free port of this machine.
// Reads one JSON object from its standard input: callback, logged_out, backchannel, accounts. Writes its issuer as
// the one line on its standard output, and ends when its standard input closes.
import { createServer } from "node:http";
import { once } from "node:events";
import * as readline from "node:readline";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { errors } from "oidc-provider";

const lines = readline.createInterface({ input: process.stdin });
const setup = JSON.parse((await once(lines, "line"))[0]);
lines.on("close", () => process.exit(0));

const { privateKey } = await generateKeyPair("ES256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), alg: "ES256", use: "sig", kid: "proef-1" };
const LEVELS = [
  "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
  "urn:etoegang:core:assurance-class:loa2plus",
  "urn:etoegang:core:assurance-class:loa3",
  "urn:etoegang:core:assurance-class:loa4",
  "http://eidas.europa.eu/LoA/low",
  "http://eidas.europa.eu/LoA/substantial",
  "http://eidas.europa.eu/LoA/high",
  "idp:digid",
];

const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  jwks: { keys: [key] },
  clients: setup.clients.map((client) => ({
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: [setup.callback],
    post_logout_redirect_uris: [setup.logged_out],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    id_token_signed_response_alg: "ES256",
    backchannel_logout_uri: setup.backchannel,
    backchannel_logout_session_required: true,
  })),
  acrValues: LEVELS,
  claims: { openid: ["sub", "acr", "amr", "name", ...setup.claims] },
  conformIdTokenClaims: false, // brokers send their claims in the ID token too
  // Its guard against private addresses would keep it from telling the test, which is at one.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
  pkce: { required: () => true },
  enableHttpPostMethods: true, // who logs out is told by a form: the ID token in it stays out of addresses
  cookies: { keys: ["alleen-voor-de-tests"], long: { sameSite: "none" } },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = form;
      },
    },
  },
  interactions: { url: (_, interaction) => `/interactie/${interaction.uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...setup.accounts[sub].claims, sub }) }),
  // Nobody is asked for consent: who logs in at a broker of the government agreed by doing so.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
});

// The page where one logs in, for a test: the query says as whom.
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interactie/")) return next();
  const wie = setup.accounts[ctx.query.wie];
  if (!wie) {
    const { params, prompt } = await provider.interactionDetails(ctx.req, ctx.res);
    ctx.body = { params, prompt: prompt.name };
    return undefined;
  }
  ctx.respond = false;
  const result = wie.fout
    ? { error: wie.fout, error_description: wie.omschrijving ?? "" }
    : { login: { accountId: ctx.query.wie, acr: wie.acr, amr: wie.amr, remember: true } };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  return undefined;
});
provider.on("server_error", (_, error) => console.error(error instanceof errors.OIDCProviderError ? error.message : error));
provider.on("backchannel.error", (_, error) => console.error(String(error)));

server.on("request", provider.callback());
console.log(issuer);
