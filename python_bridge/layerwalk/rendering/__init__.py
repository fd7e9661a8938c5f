"""Pictures and films of the room, at any size, by a browser without a display.

The package is not called `render`, which is the function. It imports nothing by itself: the
command line asks it for browsers before there is torch.
"""
