"""Places an image into a layerwalk bridge and reads a layer: plain pyzmq and msgpack.

python example_client.py tcp://127.0.0.1:PORT TOKEN IMAGE LAYER
"""

import sys

import msgpack
import numpy as np
import zmq

endpoint, token, image, layer = sys.argv[1:] if len(sys.argv) == 5 else sys.exit(__doc__)
socket = zmq.Context.instance().socket(zmq.DEALER)
socket.plain_username, socket.plain_password = b"layerwalk", token.encode()
socket.connect(endpoint)


def send(type, *files, **fields):
    buffers = [{"dtype": "uint8", "shape": file.shape} for file in files]
    socket.send_multipart([msgpack.packb({"type": type, "buffers": buffers, **fields}), *files])


send("hello", major=1, minor=0, client="example")
send("request", request=1, layers=[layer], levels=[0])
send("credit", bytes=2**30)
send("place_image", np.fromfile(image, np.uint8), request=2, name=image)
message, run = {"type": ""}, None
while message["type"] != "pages" or message["run"] != run:
    if not socket.poll(60_000):
        sys.exit(f"{endpoint} does not answer; are endpoint and token those of the bridge?")
    header, *buffers = socket.recv_multipart()
    message = msgpack.unpackb(header)
    if message["type"] == "reply" and message["request"] == 2:
        run = message["run"]
    elif message["type"] == "error" or (message["type"] == "failed" and message["run"] == run):
        sys.exit(message["message"])
ranges = np.frombuffer(buffers[0], "<f4").reshape(-1, 2, 1, 1)
height, width, columns = (message["levels"][0][k] for k in ("tile_height", "tile_width", "columns"))
codes = np.frombuffer(buffers[1], np.uint8).reshape(-1, height, columns, width).swapaxes(1, 2)
values = ranges[:, 0] + ranges[:, 1] * codes.reshape(-1, height, width)[: len(ranges)]
print(f"run {run}, {layer} {values.shape}: mean {values.mean():.6f}, largest {values.max():.6f}")
