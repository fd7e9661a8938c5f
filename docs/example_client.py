"""Places an image into a layerwalk bridge and reads a layer: plain pyzmq and msgpack.

    python example_client.py tcp://127.0.0.1:PORT TOKEN IMAGE LAYER
"""

import sys

import msgpack
import numpy as np
import zmq

endpoint, token, image, layer = sys.argv[1:]
socket = zmq.Context.instance().socket(zmq.DEALER)
socket.plain_username, socket.plain_password = b"layerwalk", token.encode()
socket.connect(endpoint)


def send(type, *buffers, **fields):
    described = [{"dtype": "uint8", "shape": [len(buffer)]} for buffer in buffers]
    socket.send_multipart([msgpack.packb({"type": type, "buffers": described, **fields}), *buffers])


send("hello", major=1, minor=0, client="example")
send("request", request=1, layers=[layer], levels=[0])
send("credit", bytes=2**30)
with open(image, "rb") as file:
    send("place_image", file.read(), request=2, name=image)
run, finished = None, set()
while run is None or run not in finished:
    if not socket.poll(60_000):
        sys.exit(f"no answer from {endpoint}; are the endpoint and the token the bridge's?")
    header, *buffers = socket.recv_multipart()
    message = msgpack.unpackb(header)
    match message["type"]:
        case "error" | "failed" | "superseded":
            sys.exit(message.get("message", "another image was placed"))
        case "reply" if message["request"] == 2:
            run = message["run"]
        case "pages":
            ranges = np.frombuffer(buffers[0], "<f4").reshape(message["buffers"][0]["shape"])
            level, pixels = message["levels"][0], np.frombuffer(buffers[1], np.uint8)
            height, width, columns = (level[k] for k in ("tile_height", "tile_width", "columns"))
            codes = pixels.reshape(-1, height, columns, width).swapaxes(1, 2)
            codes = codes.reshape(-1, height, width)[: message["tiles"]]
            values = ranges[:, 0, None, None] + ranges[:, 1, None, None] * codes
            print(f"run {message['run']} {layer}: {values.shape}, mean {values.mean():.6f}")
        case "prediction":
            for score in message["scores"][:3]:
                print(f"run {message['run']} {score['confidence']:7.2%}  {score['name']}")
        case "complete":
            finished.add(message["run"])
