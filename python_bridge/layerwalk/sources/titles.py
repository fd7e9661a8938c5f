"""Names of torchvision's models as papers write them: `densenet121` is DenseNet-121."""

from __future__ import annotations

import re
from itertools import pairwise

_WORDS = {
    "alexnet": "AlexNet",
    "convnext": "ConvNeXt",
    "deeplabv": "DeepLab V",
    "densenet": "DenseNet",
    "efficientnet": "EfficientNet",
    "fasterrcnn": "Faster R-CNN",
    "fcn": "FCN",
    "fcos": "FCOS",
    "fpn": "FPN",
    "googlenet": "GoogLeNet",
    "keypointrcnn": "Keypoint R-CNN",
    "lraspp": "LR-ASPP",
    "maskrcnn": "Mask R-CNN",
    "maxvit": "MaxViT",
    "mnasnet": "MNASNet",
    "mobilenet": "MobileNet",
    "mvit": "MViT",
    "raft": "RAFT",
    "regnet": "RegNet",
    "resnet": "ResNet",
    "resnext": "ResNeXt",
    "retinanet": "RetinaNet",
    "shufflenet": "ShuffleNet",
    "squeezenet": "SqueezeNet",
    "vgg": "VGG",
    "vit": "ViT",
}
_EXACT = {
    "r2plus1d_18": "R(2+1)D-18",
    "r3d_18": "R3D-18",
    "mc3_18": "MC3-18",
    "s3d": "S3D",
    "ssd300_vgg16": "SSD300 VGG-16",
    "ssdlite320_mobilenet_v3_large": "SSDLite320 MobileNet V3 Large",
    "wide_resnet50_2": "Wide ResNet-50-2",
    "wide_resnet101_2": "Wide ResNet-101-2",
}


def title_of(name: str) -> str:
    """The title of the model that torchvision calls `name`."""
    if name in _EXACT:
        return _EXACT[name]
    name = re.sub(r"(?<=\d)_(?=\d+(gf)?$)", ".", name) if _has_decimals(name) else name
    return _joined([_word(word) for word in name.split("_")])


def _has_decimals(name: str) -> bool:
    return name.startswith(("mnasnet", "squeezenet", "regnet")) or "_x" in name


def _word(word: str) -> str:
    if match := re.fullmatch(r"([a-z]+?)(\d[\d.]*)?", word):
        letters, number = match.groups()
        known = _WORDS.get(letters, letters.upper() if len(letters) < 3 else letters.capitalize())
        if number is None:
            return known
        if letters == "x":
            return f"×{number}"
        between = " " if "." in number else "" if len(letters) == 1 or known.endswith(" V") else "-"
        return f"{known}{between}{number}"
    if match := re.fullmatch(r"(\d+)x(\d+d)", word):  # groups of ResNeXt
        return f"{match[1]}×{match[2]}"
    if word.endswith(("gf", "mf")):
        return word[:-1].upper() + "F"
    return "Swin3D" if word == "swin3d" else word


def _joined(words: list[str]) -> str:
    """Sizes hang on the name before them; what is a word, or a version, stands apart."""
    title = words[0]
    for before, word in pairwise(words):
        if before == "RegNet" and word in ("X", "Y"):
            title += word
        elif re.fullmatch(r"[A-Z]|[A-UW-Z]\d|\d+[GM]F|[\d.]+GF", word):
            title += f"-{word}"
        elif before in ("B", "L", "H") and word.isdigit():
            title += f"/{word}"
        else:
            title += f" {word}"
    return title
