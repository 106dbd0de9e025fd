"""Drives the real window the way a person with a screen reader and a keyboard does.

Things are found by their accessible role and name over AT-SPI; buttons are pressed
by their accessible action; text is typed with real key events. What the program
would not tell a screen reader can't be found here either.

What has to be true for this to work (`desktop.sh` sees to all of it):

* A session bus and, on it, `org.a11y.Bus` with `IsEnabled` true. Only then does the
  program's accessibility adapter register itself. It listens for changes, so it may
  be set before or after the start.
* The Python of the system (`/usr/bin/python3`), which has Debian's `gi` and `Xlib`; one
  from elsewhere on PATH does not see them.

What egui and winit do under a bare X server without a window manager, found by trying:

* Nobody gives the new window the keyboard. `xdotool windowfocus` does, and the
  program then sees a real "focused" event. Giving the focus to the root window is
  looking away: the program sees "unfocused". Pressing by accessible action works
  either way; typing needs the focus.
* A window at rest draws no frame, but an accessible action wakes it.
* `xdotool type` is sure for ASCII only: characters that are not on the keyboard
  need a remapped key, and some get lost. `paste` carries the others.
* The library caches names and states, and only an event loop would refresh them.
  The cache is dropped before every look instead.
"""

import re
import subprocess
import sys
import time

import gi
import Xlib.display
import Xlib.protocol.event
import Xlib.X

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# How long a thing may take to appear, unless a step says otherwise.
PATIENCE = 15.0
# Between two looks at the tree.
PAUSE = 0.1
# Between two keys, in milliseconds: a quick typist's.
KEY_DELAY = 12


class Missing(AssertionError):
    """Something that should be in the window is not."""


def run(*command, check=True):
    """Run a small X tool and give back what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout.strip()


def matches(name, wanted):
    """A name is wanted exactly, or, as a compiled pattern, somewhere in it."""
    if isinstance(wanted, re.Pattern):
        return wanted.search(name) is not None
    return name == wanted


class Window:
    """One run of the program, seen from outside."""

    def __init__(self, command, log=None):
        """Start `command` and wait until its window is there and has the focus.

        What it prints goes to the file `log`, or where this program's errors go.
        """
        self.log = open(log, "ab") if log else None
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )
        try:
            self.app = self._until(self._application, "the program on the accessibility bus")
            self.id = self._until(self._x_window, "the window on the screen")
            self.come_back()
        except BaseException:
            self.kill()
            raise

    # Life and death

    def close(self):
        """Close the window as a person does, and wait for the program to end well."""
        self._ask_to_close()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("the program did not end when its window was closed") from None
        finally:
            self._close_log()
        if code != 0:
            raise AssertionError(f"the program ended with exit code {code}")

    def kill(self):
        """End the program at once (SIGKILL), as a power cut would."""
        self.process.kill()
        self.process.wait()
        self._close_log()

    def _close_log(self):
        if self.log:
            self.log.close()
            self.log = None

    # Looking

    def tree(self):
        """Everything a screen reader can reach, one line each."""
        lines = []
        for depth, node in self._nodes():
            states = [s.value_nick for s in node.get_state_set().get_states()]
            told = [s for s in states if s in ("focused", "checked", "selected", "expanded")]
            if "enabled" not in states:
                told.append("disabled")
            text = self._text(node)
            value = f" = {text!r}" if text and text != node.get_name() else ""
            marks = f" ({', '.join(told)})" if told else ""
            lines.append(f"{'  ' * depth}{node.get_role_name()} {node.get_name()!r}{value}{marks}")
        return "\n".join(lines)

    def words(self):
        """Every name and every text in the window, in reading order."""

        def all_of_them():
            found = []
            for _, node in self._nodes():
                for word in (node.get_name(), self._text(node)):
                    if word and (not found or found[-1] != word):
                        found.append(word)
            return found

        # Asked again where the tree changes under the walk: half of it would prove nothing.
        return self._until(all_of_them, "a look at the whole window")

    def find(self, name, role=None):
        """The first thing of that name (and role), or `Missing` with what is there."""
        node = self._look(name, role)
        if node is None:
            raise Missing(f"no {role or 'thing'} named {name!r} in:\n{self.tree()}")
        return node

    def wait_for(self, name, role=None, timeout=PATIENCE):
        """Wait until a thing of that name (and role) is there, and give it back."""
        return self._until(
            lambda: self._look(name, role), f"{role or 'something'} named {name!r}", timeout
        )

    def wait_for_state(self, name, state):
        """Wait until the thing of that name is in that state, such as `CHECKED`."""
        self._until(
            lambda: self._look(name, None, lambda node: self._state(node, state)),
            f"{name!r} to be {state.lower()}",
        )

    def wait_gone(self, name, role=None, timeout=PATIENCE):
        """Wait until nothing of that name (and role) is there."""
        self._until(
            lambda: self._look(name, role) is None, f"{name!r} to be gone", timeout
        )

    def absent(self, pattern):
        """Nothing in the window, named or written, matches the pattern now."""
        hits = [word for word in self.words() if re.search(pattern, word)]
        if hits:
            raise AssertionError(f"/{pattern}/ is in the window: {hits}")

    def in_order(self, *wanted):
        """These words stand in the window in this order; others may stand between them."""
        rest = iter(self.words())
        for word in wanted:
            if not any(word == found for found in rest):
                raise Missing(f"no {word!r} at its place in {wanted}; there is:\n{self.tree()}")

    def text_of(self, name):
        """What stands in the input of that name."""
        return self._text(self.find(name, "entry"))

    def has_focus(self, name):
        """Wait until the keyboard is at the thing of that name."""
        self._until(
            lambda: any(
                matches(node.get_name(), name) and self._state(node, "FOCUSED")
                for _, node in self._nodes()
            ),
            f"the keyboard at {name!r}",
        )

    def screenshot(self, path):
        """Write what the screen shows to a PNG file."""
        time.sleep(0.3)
        run("import", "-window", "root", path)

    # Doing

    def press(self, name, role=None, timeout=PATIENCE):
        """Press the button (or tick, or row) of that name by its accessible action."""

        def pressed():
            node = self._look(name, role, self._can_be_pressed)
            return node is not None and node.do_action(0)

        self._until(pressed, f"something to press named {name!r}", timeout)

    def focus(self, name, role=None):
        """Put the keyboard at the thing of that name."""
        self.wait_for(name, role)

        def focused():
            node = self._look(name, role, lambda n: self._state(n, "FOCUSABLE"))
            if node is None:
                return False
            if not self._state(node, "FOCUSED"):
                node.grab_focus()
                return False
            return True

        self._until(focused, f"the keyboard at {name!r}")

    def type_into(self, name, text):
        """Type a text in the input of that name, in place of what is there."""
        self.focus(name, "entry")
        if self.text_of(name):
            self.key("ctrl+a")
            self.key("BackSpace")
        self.type(text)
        self._until(
            lambda: self.text_of(name) == text,
            lambda: f"{name!r} to hold {text!r}; it holds {self.text_of(name)!r}",
        )

    def type(self, text):
        """Type on the keyboard, wherever it is. ASCII only: see above."""
        if not text.isascii():
            raise ValueError(f"{text!r} cannot be typed for sure: paste it")
        run("xdotool", "type", "--delay", str(KEY_DELAY), "--", text)

    def paste(self, text):
        """Put a text on the clipboard and paste it where the keyboard is."""
        # It stays in the background to serve the clipboard, so it must hold no pipe of ours.
        subprocess.run(
            ["xclip", "-selection", "clipboard"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=PATIENCE,
        )
        self.key("ctrl+v")

    def key(self, *keys):
        """Press keys by their X names, such as `Tab`, `ctrl+Return`, `Escape`."""
        for key in keys:
            run("xdotool", "key", "--delay", str(KEY_DELAY), key)

    def look_away(self, seconds=0.0):
        """Take the keyboard from the window; with seconds, come back after them."""
        run("xdotool", "windowfocus", self._root())
        self._until(lambda: run("xdotool", "getwindowfocus") != self.id, "the focus to leave")
        if seconds:
            time.sleep(seconds)
            self.come_back()

    def come_back(self):
        """Give the window the keyboard."""

        def focused():
            run("xdotool", "windowfocus", self.id)
            return run("xdotool", "getwindowfocus", check=False) == self.id

        self._until(focused, "the focus to come")

    def resize(self, width, height):
        """Give the window a size, at the upper left corner."""
        run("xdotool", "windowmove", self.id, "0", "0")
        run("xdotool", "windowsize", self.id, str(width), str(height))
        time.sleep(0.3)

    def rest(self, seconds):
        """Do nothing for a while."""
        time.sleep(seconds)

    # Inside

    def _application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(index)
            if app is not None and app.get_process_id() == self.process.pid:
                return app
        return None

    def _x_window(self):
        found = run(
            "xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), check=False
        )
        return found.splitlines()[-1] if found else None

    def _ask_to_close(self):
        """Send what a window manager sends when its close button is pressed."""
        display = Xlib.display.Display()
        window = display.create_resource_object("window", int(self.id))
        window.send_event(
            Xlib.protocol.event.ClientMessage(
                window=window,
                client_type=display.intern_atom("WM_PROTOCOLS"),
                data=(32, [display.intern_atom("WM_DELETE_WINDOW"), Xlib.X.CurrentTime, 0, 0, 0]),
            )
        )
        display.sync()
        display.close()

    @staticmethod
    def _root():
        return run("xdotool", "search", "--maxdepth", "0", "").splitlines()[0]

    def _nodes(self):
        """Every accessible thing with its depth, in reading order."""
        self.app.clear_cache()
        stack = [(0, self.app)]
        while stack:
            depth, node = stack.pop()
            if depth:
                yield depth, node
            children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
            stack.extend((depth + 1, child) for child in reversed(children) if child is not None)

    def _look(self, name, role, fits=lambda node: True):
        for _, node in self._nodes():
            if role is not None and node.get_role_name() != role:
                continue
            if (matches(node.get_name(), name) or self._says(node, name)) and fits(node):
                return node
        return None

    def _says(self, node, name):
        """Labels are found by what they say, too: long ones may have no name."""
        return node.get_role_name() == "label" and matches(self._text(node), name)

    @staticmethod
    def _state(node, state):
        return node.get_state_set().contains(getattr(Atspi.StateType, state))

    def _can_be_pressed(self, node):
        return (
            self._state(node, "FOCUSABLE")
            and self._state(node, "ENABLED")
            and self._has_action(node)
        )

    @staticmethod
    def _has_action(node):
        """Asked anew: the library keeps the first list of interfaces it got for a thing, and
        a button that was asleep or out of sight then had no action."""
        try:
            return node.get_n_actions() > 0
        except GLib.Error:
            return False

    @staticmethod
    def _text(node):
        if "Text" not in node.get_interfaces():
            return ""
        try:
            return Atspi.Text.get_text(node, 0, -1)
        except GLib.Error as fault:
            # The list of interfaces is the first one, as in `_has_action`.
            if "Unknown interface" in fault.message:
                return ""
            raise

    def _until(self, what, waited_for, timeout=PATIENCE):
        """Ask again and again until the answer is true; say what was waited for."""
        end = time.monotonic() + timeout
        while True:
            ended = self.process.poll()
            if ended is not None:
                raise AssertionError(f"the program ended by itself with exit code {ended}")
            try:
                answer = what()
            except GLib.Error:
                # The tree changed under the walk; the next one sees the new tree.
                answer = None
            if answer:
                return answer
            if time.monotonic() > end:
                break
            time.sleep(PAUSE)
        said = waited_for() if callable(waited_for) else waited_for
        try:
            there = self.tree()
        except (AttributeError, GLib.Error):
            there = "(nothing)"
        raise Missing(f"waited {timeout:g} s for {said}; there is:\n{there}")


if __name__ == "__main__":
    sys.exit(__doc__)
