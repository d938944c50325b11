"""Asks a server by HTTP until it answers with a status from 200 to 299, or time is up: HOST PORT PATH SECONDS.

Prints a JSON object: status (0 for no answer), text (the answer's beginning, or why there is none).
"""

import http.client
import json
import sys
import time


def ask(host, port, path, seconds, runs=lambda: True):
    answer = {"status": 0, "text": "nothing was asked"}
    end = time.monotonic() + seconds
    while time.monotonic() < end and runs():
        connection = http.client.HTTPConnection(host, port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            answer = {"status": response.status, "text": response.read(2000).decode(errors="replace")}
            if 200 <= response.status < 300:
                return answer
        except (OSError, http.client.HTTPException) as failed:
            if answer["status"] == 0:
                answer["text"] = str(failed) or type(failed).__name__
        finally:
            connection.close()
        time.sleep(0.5)
    return answer


if __name__ == "__main__":
    print(json.dumps(ask(sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))))
