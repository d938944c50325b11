"""Has the real cloud-init take user data as it does at a boot, up to what it would do with it.

usage: render.py CLOUD-INIT'S-FOLDER FILE...; prints a JSON list: for each file its merged config, the users in it, scripts and boot hooks.
"""
import json
import logging
import os
import sys
import tempfile

sys.path.insert(0, sys.argv[1])

from cloudinit import handlers, helpers, user_data, util  # noqa: E402
from cloudinit.distros import ug_util  # noqa: E402
from cloudinit.handlers.cloud_config import CloudConfigPartHandler  # noqa: E402
from cloudinit.handlers.jinja_template import JinjaTemplatePartHandler  # noqa: E402

INCLUDED = b"#cloud-config\nusers: {carl: true}\n"


class Recorder(handlers.Handler):
    """Keeps a part instead of running it."""

    def __init__(self, prefix, found):
        handlers.Handler.__init__(self, "always")
        self.prefixes = [prefix]
        self.found = found

    def handle_part(self, _data, ctype, _filename, payload, _frequency):
        if ctype not in handlers.CONTENT_SIGNALS:
            self.found.append(payload)


class Distro:
    def get_default_user(self):
        return {"name": "debian", "groups": ["adm"]}


class Answer:
    contents = INCLUDED
    code = 200

    def ok(self):
        return True


def render(path):
    folder = tempfile.mkdtemp()
    paths = helpers.Paths({"cloud_dir": folder, "run_dir": folder, "templates_dir": folder})
    for name in ("instance_data", "instance_data_sensitive"):
        try:
            util.write_file(paths.get_runpath(name), json.dumps({"v1": {"local_hostname": "lab"}, "ds": {}}))
        except KeyError:
            pass
    os.makedirs(os.path.join(folder, "instance"), exist_ok=True)
    paths.instance_link = os.path.join(folder, "instance")
    scripts, hooks = [], []
    config = CloudConfigPartHandler(paths, cloud_config_path=None)
    config.cloud_fn = os.path.join(folder, "config")
    known = [config, Recorder("#!", scripts), Recorder("#cloud-boothook", hooks)]
    known.append(JinjaTemplatePartHandler(paths, sub_handlers=list(known)))
    content = helpers.ContentHandlers()
    for one in known:
        content.register(one)
    message = user_data.UserDataProcessor(paths).process(open(path, "rb").read())
    for one in known:
        handlers.call_begin(one, None, "once-per-instance")
    handlers.walk(
        message,
        handlers.walker_callback,
        data={
            "handlers": content,
            "handlerdir": folder,
            "data": None,
            "frequency": "once-per-instance",
            "handlercount": 0,
            "excluded": [],
        },
    )
    for one in known:
        handlers.call_end(one, None, "once-per-instance")
    merged = util.load_yaml(open(config.cloud_fn).read() or "{}") or {}
    users, _ = ug_util.normalize_users_groups(json.loads(json.dumps(merged, default=repr)), Distro())
    return {"config": merged, "users": users, "scripts": scripts, "hooks": hooks}


user_data.read_file_or_url = lambda *_args, **_named: Answer()
log = logging.getLogger()
log.addHandler(logging.StreamHandler(sys.stderr))
log.setLevel(logging.WARNING)
print(json.dumps([render(path) for path in sys.argv[2:]], default=repr, sort_keys=True))
