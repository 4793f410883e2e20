"""receivers.py: a mail server and a web server on loopback that take, refuse, hang, and lose what they took; each says what it got."""
import base64
import email
import email.policy
import http.server
import socket
import threading
import time


class Mail:
    """SMTP of RFC 5321, as much as a client needs. `mode`: takes; rejects (554 to the data); busy (451); hangs (no greeting); hangs_up
    (closes behind the last dot, without a word, having kept the mail: nobody knows). Of `answers` by address: what is said of a recipient
    instead of 250 ok."""

    def __init__(self):
        self.mode, self.mails, self.tries, self.answers = "takes", [], 0, {}
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                peer, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.one, args=(peer, self.mode), daemon=True).start()

    def one(self, peer, mode):
        self.tries += 1
        try:
            if mode == "hangs":
                time.sleep(30)
                return
            lines = peer.makefile("rb")
            peer.sendall(b"220 sink\r\n")
            while line := lines.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    peer.sendall(b"354 go on\r\n")
                    data = b""
                    while (line := lines.readline()) and line != b".\r\n":
                        data += line[1:] if line.startswith(b".") else line
                    if not line:
                        return
                    if mode in ("takes", "hangs_up"):
                        self.mails.append(email.message_from_bytes(data, policy=email.policy.default))
                    if mode == "hangs_up":
                        return
                    peer.sendall({"takes": b"250 taken\r\n", "rejects": b"554 no\r\n", "busy": b"451 later\r\n"}[mode])
                elif word == b"QUIT":
                    peer.sendall(b"221 bye\r\n")
                    return
                elif word == b"RCPT":
                    address = line.decode().split("<")[1].split(">")[0]
                    peer.sendall(self.answers.get(address, "250 ok").encode() + b"\r\n")
                else:
                    peer.sendall(b"250 ok\r\n")
        except OSError:
            return
        finally:
            peer.close()


class Web:
    """`answer`: a status; "hangs"; "hangs_up" (closes without an answer, having kept the body)."""

    def __init__(self):
        self.answer, self.posts, self.port = 200, [], 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if outer.answer == "hangs":
                    time.sleep(30)
                    return
                if outer.answer == "hangs_up" or outer.answer < 300:
                    outer.posts.append((self.path, dict(self.headers), body.decode()))
                if outer.answer == "hangs_up":
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(outer.answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def text_of(mail):
    return base64.b64decode(mail.get_payload()).decode()
