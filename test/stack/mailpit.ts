/** Mailpit, where its image can be had; else a stand-in of the same name: its ports, its probe and what is asked of it here. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { compose, docker, type Stack } from './stack.ts';

/** @returns what takes the image away again, if this brought it */
export async function bringMailpit(stack: Stack): Promise<() => Promise<void>> {
  const { services } = JSON.parse(await compose(stack, '--profile', '*', 'config', '--format', 'json')) as { services: { mailpit: { image: string } } };
  const { image } = services.mailpit;
  const isThere = () => docker('image', 'inspect', image).then(() => true, () => false);
  if (await isThere()) return async () => {};
  await execa('docker', ['pull', '--quiet', image], { reject: false, timeout: 120_000, stdin: 'ignore' });
  if (!(await isThere())) await buildStandIn(image);
  return async () => void (await docker('image', 'rm', '--force', image));
}

async function buildStandIn(image: string): Promise<void> {
  console.warn(`${image} cannot be had here: a stand-in takes its place.`);
  const folder = await mkdtemp(join(tmpdir(), 'create-devstack-mailpit-'));
  try {
    await writeFile(join(folder, 'Dockerfile'), DOCKERFILE);
    await writeFile(join(folder, 'mailpit'), PROGRAM, { mode: 0o755 });
    await execa('docker', ['build', '--quiet', '--tag', image, folder], { stdin: 'ignore' });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const DOCKERFILE = `FROM python:3.12-slim
RUN pip install --no-cache-dir aiosmtpd==1.4.6
COPY mailpit /mailpit
EXPOSE 1025 8025
ENTRYPOINT ["/mailpit"]
`;

/** By Mailpit's own documentation: SMTP on 1025; the page, /readyz and its API on 8025; \`mailpit readyz\` ends with 0 or 1. */
const PROGRAM = `#!/usr/local/bin/python -I
import json, sys
from http.client import HTTPConnection

if sys.argv[1:] == ["readyz"]:
    try:
        connection = HTTPConnection("127.0.0.1", 8025, timeout=2)
        connection.request("GET", "/readyz")
        sys.exit(connection.getresponse().status != 200)
    except OSError:
        sys.exit(1)

from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from aiosmtpd.controller import Controller

mails = []

class Catch:
    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        found = {"ID": str(len(mails)), "Subject": mail["subject"], "To": [{"Address": to} for to in envelope.rcpt_tos]}
        mails.insert(0, {**found, "From": {"Address": envelope.mail_from}, "Text": mail.get_content()})
        return "250 2.0.0 Ok"

class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/api/v1/messages":
            body, kind = json.dumps({"total": len(mails), "messages": [{**mail, "Text": None} for mail in mails]}), "application/json"
        elif self.path == "/api/v1/message/latest" and mails:
            body, kind = json.dumps(mails[0]), "application/json"
        elif self.path in ("/", "/readyz"):
            body, kind = "<!doctype html><title>Mailpit</title>" if self.path == "/" else "ok", "text/html"
        else:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass

Controller(Catch(), hostname="0.0.0.0", port=1025).start()
HTTPServer(("0.0.0.0", 8025), Page).serve_forever()
`;
