"""Prints every call of AWS's APIs as Step Functions names it: a line for each service, with its name in ARNs, its name for people and its calls."""

from botocore.loaders import Loader


def arn_name(service_id):
    """The service as in `arn:aws:states:::aws-sdk:<service>:<call>`: that of AWS's SDK for Java."""
    plain = "".join(letter for letter in service_id.lower() if letter.isascii() and letter.isalnum())
    return plain.removesuffix("service") or plain


def main():
    loader = Loader()
    lines = {}
    for name in loader.list_available_services("service-2"):
        model = loader.load_service_model(name, "service-2")
        service_id = model["metadata"]["serviceId"]
        lines[arn_name(service_id)] = f"{service_id}\t{' '.join(sorted(model['operations']))}"
    for service, rest in sorted(lines.items()):
        print(f"{service}\t{rest}")


main()
