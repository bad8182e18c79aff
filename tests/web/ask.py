"""ask.py SOCKET SCRIPT [WORD...]: has the server of the browser tests (serve.mjs) run a script;
says what it says, and ends as it ends."""
import json
import os
import socket
import sys

with socket.socket(socket.AF_UNIX) as server:
    server.connect(sys.argv[1])
    asked = {'script': sys.argv[2], 'words': sys.argv[3:], 'env': dict(os.environ)}
    server.sendall(json.dumps(asked).encode() + b'\n')
    for line in server.makefile(encoding='utf-8'):
        kind, said = json.loads(line)
        if kind == 'exit':
            sys.exit(said)
        stream = sys.stdout if kind == 'out' else sys.stderr
        stream.write(said)
        stream.flush()
sys.exit('the server of the browser tests has ended')
