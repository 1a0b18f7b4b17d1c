"""A mail on its way: a whole conversation with a mail server, as small a one as can be."""

import email
import re
import socketserver
import threading
from email import policy

import pytest

from curation.nominations.models import Nomination
from tests.curation.nominations.sent import typed

pytestmark = pytest.mark.django_db


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            word = line.split()[0].upper()
            if word == "RCPT" and self.server.refuses:
                self.say("550 nobody of that name")
            elif word == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append(email.message_from_bytes(b"".join(lines), policy=policy.default))
                self.say("250 taken")
            elif word == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 good")
        return None

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def server(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), _Conversation) as server:
        server.heard, server.mails, server.refuses = [], [], False
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_the_mail_arrives_with_its_link_whole(client, server, settings, prefix):
    settings.DEFAULT_FROM_EMAIL = "editors@example.org"
    client.post(f"{prefix}/nominate/", typed())
    [mail] = server.mails
    assert mail["To"] == "ada@example.org"
    assert mail["From"] == "editors@example.org"
    assert "mail from:<editors@example.org>" in [line.casefold() for line in server.heard]
    [link] = re.findall(rf"http://testserver({prefix}/nominate/confirm/\S+)", mail.get_content())
    client.post(link)
    assert Nomination.objects.get().state == "new"


def test_an_address_the_server_refuses_is_told_and_the_draft_kept(client, server):
    server.refuses = True
    answer = client.post("/nominate/", typed(), follow=True)
    assert "could not be sent" in answer.content.decode()
    assert Nomination.objects.get().state == "draft"
